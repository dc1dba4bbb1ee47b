import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes a month of SP service-quality files of any size, the same bytes for the same options. Lines are written as they are made, so that memory does
 * not grow with them.
 */
final class Generate {

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuuMM");

    /** What one faulty file has wrong, and with which code the hub should say so. */
    private enum Fault {
        WRONG_CHECKSUM("F02", true),
        NO_TRAILER("F03", true),
        WRONG_COUNT("F03", true),
        WRONG_SUM("F03", true),
        BAD_BYTES("F06", true),
        BAD_SPID("R01", false),
        BAD_SP_NAME("R02", false),
        BAD_SERVICE_CODE("R03", false),
        BAD_HOTLINE("R04", true),
        BAD_MOBILE("R05", true),
        ANSWERED_OVER_OFFERED("R06", false),
        RESOLVED_OVER_COMPLAINTS("R07", false),
        BAD_HOURS("R08", false),
        BAD_VALID_FROM("R08", true),
        FIELD_MISSING("R09", true),
        DUPLICATE_KEY("R10", true),
        FOREIGN_SENDER("F04", true),
        BAD_FILE_NAME("F01", true),
        BAD_COMPANION("F01", true),
        NO_COMPANION("-", true);

        private final String code;
        private final boolean ofStatements;
        /** Whether it is in one D line. */
        private final boolean inLine;

        Fault(String code, boolean ofStatements) {
            this.code = code;
            this.ofStatements = ofStatements;
            this.inLine = code.startsWith("R") || code.equals("F06");
        }

        private static List<Fault> of(boolean statement) {
            return Stream.of(values())
                    .filter(fault -> statement ? fault.ofStatements : fault != BAD_VALID_FROM)
                    .toList();
        }
    }

    private record Options(
            Path out, YearMonth month, int lines, List<String> provinces, int partners, String serial, String encoding,
            String lineEnd, long seed, int faulty) {}

    /** One file: of a province, or of an SP partner if there is no province. */
    private record Plan(String sender, String province, int partner, Charset encoding, String lineEnd, Fault fault) {}

    private final Options options;
    private final World world;

    private Generate(Options options) {
        this.options = options;
        this.world = new World(options.seed(), options.month(), Math.max(Math.max(40, options.partners()), options.lines() / 3));
    }

    /** Takes what {@code generate} has checked, in its order; an empty month is the last one. */
    public static void main(String[] given) {
        YearMonth last = YearMonth.now(ZoneId.of("Asia/Shanghai")).minusMonths(1);
        var options = new Options(
                Path.of(given[0]),
                given[1].isEmpty() ? last : YearMonth.parse(given[1], MONTH),
                Integer.parseInt(given[2]),
                List.copyOf(new TreeSet<>(List.of(given[3].split(",")))),
                Integer.parseInt(given[4]),
                given[5],
                given[6],
                given[7],
                Long.parseLong(given[8]),
                Integer.parseInt(given[9]));
        try {
            new Generate(options).run();
        } catch (IOException failure) {
            System.err.println("could not write: " + failure);
            System.exit(1);
        }
    }

    // ---- what is written ----

    private void run() throws IOException {
        String row = "%-10s %-28s %10s  %-8s %-5s %-26s %6s  %s%n";
        System.out.printf(row, "sender", "file", "D lines", "encoding", "ends", "fault", "line", "code");
        long lines = 0;
        int faulty = 0;
        List<Plan> plans = plans();
        for (Plan plan : plans) {
            Written file = write(plan);
            Fault fault = plan.fault();
            System.out.printf(
                    row, plan.sender(), file.name(), file.lines(), plan.encoding(), plan.lineEnd(),
                    fault == null ? "-" : fault.name().toLowerCase().replace('_', '-'), file.faultyLine() == 0 ? "-" : file.faultyLine(),
                    fault == null ? "-" : fault.code);
            lines += file.lines();
            faulty += fault == null ? 0 : 1;
        }
        System.out.printf("%d files with %d D lines in %s, %d of them faulty%n", plans.size(), lines, options.out(), faulty);
    }

    /** The files and their faults: exactly as many as the percentage says, rounded up, each kind before one comes again. */
    private List<Plan> plans() {
        int files = options.provinces().size() + options.partners();
        long wanted = (files * (long) options.faulty() + 99) / 100;
        Set<Integer> chosen = IntStream.range(0, files)
                .boxed()
                .sorted(Comparator.comparingLong(file -> world.chance(11, file)))
                .limit(wanted)
                .collect(Collectors.toSet());
        List<Fault> ofProvinces = Fault.of(false);
        List<Fault> ofPartners = Fault.of(true);
        int next = (int) world.upTo(ofProvinces.size(), 12, 0);
        List<Plan> plans = new ArrayList<>();
        for (int file = 0; file < files; file++) {
            boolean statement = file >= options.provinces().size();
            Fault fault = null;
            if (chosen.contains(file)) {
                List<Fault> kinds = statement ? ofPartners : ofProvinces;
                fault = kinds.get(next++ % kinds.size());
            }
            String encoding = chosen("UTF-8", "GB18030", options.encoding(), world.chance(13, file));
            String lineEnd = chosen("LF", "CRLF", options.lineEnd(), world.chance(14, file));
            String province = statement ? null : options.provinces().get(file);
            int partner = file - options.provinces().size();
            String sender = statement ? "SP-" + world.spId(partner) : "CRM-" + province;
            plans.add(new Plan(sender, province, partner, Charset.forName(encoding), lineEnd, fault));
        }
        return plans;
    }

    private static String chosen(String one, String other, String wanted, long chance) {
        return wanted.equals("mixed") ? chance % 2 == 0 ? one : other : wanted;
    }

    private record Written(String name, long lines, long faultyLine) {}

    private Written write(Plan plan) throws IOException {
        Fault fault = plan.fault();
        boolean statement = plan.province() == null;
        String owner = statement ? world.spId(plan.partner()) : plan.province();
        if (fault == Fault.FOREIGN_SENDER) {
            owner = statement ? world.spId(plan.partner() + 1) : owner.equals("100") ? "200" : "100";
        }
        String type = statement ? "SPS" : "SPQ";
        String serial = fault == Fault.BAD_FILE_NAME ? options.serial() + "a" : options.serial();
        String month = MONTH.format(options.month());
        String name = type + "_" + owner + "_" + month + "_" + serial + ".txt";
        Path directory = Files.createDirectories(options.out().resolve(plan.sender()).resolve("upload"));
        Path companion = directory.resolve(name + ".sha256");
        Files.deleteIfExists(companion);

        long count;
        long faultyLine = 0;
        String digest;
        try (var sheet = new Sheet(Files.newOutputStream(directory.resolve(name)), plan.lineEnd())) {
            List<String[]> contacts = statement ? world.statement(fault == Fault.FOREIGN_SENDER ? plan.partner() + 1 : plan.partner()) : List.of();
            var walk = statement ? null : new Walk(world, Long.parseLong(owner), plan.encoding());
            long rows = statement ? contacts.size() : options.lines();
            boolean twice = fault == Fault.DUPLICATE_KEY;
            count = twice ? rows + 1 : rows;
            long said = fault == Fault.WRONG_COUNT ? count + 1 : count;
            String created = MONTH.format(options.month().plusMonths(1)) + "05093000";
            sheet.line("H|" + type + "|" + owner + "|" + month + "|" + plan.encoding() + "|" + created + "|" + said);
            long at = fault != null && fault.inLine ? world.upTo(rows, 15, Long.parseLong(owner)) : -1;
            for (long row = 0; row < rows; row++) {
                if (walk != null) {
                    walk.next(row == at);
                }
                if (row != at && walk != null) {
                    walk.write(sheet);
                    continue;
                }
                String[] fields = walk == null ? contacts.get((int) row) : walk.fields();
                sheet.line(row == at ? broken(fields, fault, statement, plan.encoding()) : line(fields, plan.encoding()));
                if (row == at) {
                    faultyLine = twice ? row + 3 : row + 2;
                }
                if (row == at && twice) {
                    sheet.line(line(fields, plan.encoding()));
                }
            }
            long sum = walk == null ? 0 : walk.sum;
            if (fault != Fault.NO_TRAILER) {
                sheet.line("T|" + said + "|" + (fault == Fault.WRONG_SUM ? sum + 1 : sum));
            }
            digest = sheet.digest();
        }
        if (fault == Fault.WRONG_CHECKSUM) {
            digest = (digest.startsWith("0") ? "1" : "0") + digest.substring(1);
        } else if (fault == Fault.BAD_COMPANION) {
            digest = digest.substring(1);
        }
        if (fault != Fault.NO_COMPANION) {
            Files.writeString(companion, digest + "  " + name + "\n");
        }
        return new Written(name, count, faultyLine);
    }

    /** A D line with one fault. Its calls are 0 in each, so that the trailer's sum is right whatever a reader makes of the line. */
    private static byte[] broken(String[] fields, Fault fault, boolean statement, Charset encoding) {
        int hotline = statement ? 1 : 3;
        switch (fault) {
            case BAD_SPID -> fields[0] = "8" + fields[0].substring(1);
            case BAD_SP_NAME -> fields[1] = "超".repeat(33);
            case BAD_SERVICE_CODE -> fields[2] = "1234567890123";
            case BAD_HOTLINE -> fields[hotline] += "-801";
            case BAD_MOBILE -> fields[hotline + 1] = "130" + fields[hotline + 1].substring(3);
            case ANSWERED_OVER_OFFERED -> fields[6] = "1";
            case RESOLVED_OVER_COMPLAINTS -> fields[8] = "1";
            case BAD_HOURS -> fields[9] = "9,5";
            case BAD_VALID_FROM -> fields[3] = fields[3].substring(0, 4) + "0230";
            case FIELD_MISSING -> fields = Arrays.copyOf(fields, fields.length - 1);
            default -> {}
        }
        byte[] line = line(fields, encoding);
        if (fault == Fault.BAD_BYTES) {
            // in neither encoding does a character begin so
            line[line.length / 2] = (byte) 0xFF;
        }
        return line;
    }

    private static byte[] line(String[] fields, Charset encoding) {
        return ("D|" + String.join("|", fields)).getBytes(encoding);
    }

    // ---- the world of the SPs ----

    /** Which SPs there are, under which names and numbers: all of it follows from the seed, so that nothing need be kept. */
    private record World(long seed, YearMonth month, int sps) {

        private static final int MOST_SPS = 100_000;
        private static final String[] STEMS = "晴岚柚汀屿槿笙鹿橙砚禾澈溪舟弦塔陌篱桥泊".split("");
        private static final String[] TRADES = {"互动", "无线", "音阅", "掌游", "短讯", "彩铃", "资讯", "视听"};
        private static final String[] AREAS = {
            "010", "020", "021", "022", "023", "024", "025", "027", "028", "029", "0311", "0371", "0431", "0571", "0591", "0871"
        };
        private static final String[] SEGMENTS = {"134", "135", "137", "138", "139", "150", "158", "182", "187", "188"};

        private World {
            sps = Math.min(MOST_SPS, sps);
        }

        /** A number from 0 that is as good as random, and the same for the same two. */
        private long chance(long what, long which) {
            long mixed = (seed * 31 + what) * 0x9E3779B97F4A7C15L + which * 0xD1B54A32D192ED03L;
            mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            return (mixed ^ (mixed >>> 31)) >>> 1;
        }

        private long upTo(long limit, long what, long which) {
            return chance(what, which) % limit;
        }

        private String spId(long sp) {
            return String.valueOf(900_000 + (1_234 + sp * 7_919) % MOST_SPS);
        }

        private String name(long sp) {
            String stem = STEMS[(int) upTo(20, 21, sp)] + STEMS[(int) upTo(20, 22, sp)] + STEMS[(int) upTo(20, 23, sp)];
            return stem + TRADES[(int) upTo(TRADES.length, 24, sp)];
        }

        private static long months(YearMonth month) {
            return month.getYear() * 12L + month.getMonthValue() - 1;
        }

        /** In which month what is in use in {@code then} began: in every month one SP of forty changes it. */
        private YearMonth since(long what, long sp, YearMonth then) {
            return then.minusMonths((months(then) + upTo(40, what, sp)) % 40);
        }

        /** Subscriber numbers with 99 first are nobody's. */
        private String hotline(long sp, YearMonth then) {
            long number = chance(32 + months(since(31, sp, then)), sp) % 1_000_000;
            return AREAS[(int) upTo(AREAS.length, 42, sp)] + "99" + String.format("%06d", number);
        }

        private String mobile(long sp, YearMonth then) {
            long number = chance(34 + months(since(33, sp, then)), sp) % 10_000;
            return SEGMENTS[(int) upTo(SEGMENTS.length, 43, sp)] + "0000" + String.format("%04d", number);
        }

        /** An SP's contacts, and those of the next month if its hotline changes then. */
        private List<String[]> statement(long sp) {
            return Stream.of(month, month.plusMonths(1))
                    .filter(then -> then.equals(month) || since(31, sp, then).equals(then))
                    .map(then -> new String[] {
                        spId(sp), hotline(sp, then), mobile(sp, then), MONTH.format(since(31, sp, then)) + "01"
                    })
                    .toList();
        }
    }

    /** A province's D lines: its SPs one after the other, each with some service codes, and from the first again with further ones. */
    private static final class Walk {
        private final World world;
        private final long province;
        private final Charset encoding;
        private long row = -1;
        private long place = -1;
        private long sp;
        private long code;
        private long left;
        private byte[] name = {};
        private byte[] numbers = {};
        private long offered;
        private long answered;
        private long complaints;
        private long resolved;
        private long tenths;
        private long sum;

        private Walk(World world, long province, Charset encoding) {
            this.world = world;
            this.province = province;
            this.encoding = encoding;
        }

        private void next(boolean withoutCalls) {
            row++;
            code++;
            if (left-- == 0) {
                place++;
                sp = (world.upTo(world.sps(), 50, province) + place) % world.sps();
                long codes = 1 + world.upTo(11, 51, sp);
                code = place / world.sps * codes;
                left = codes - 1;
                name = ("D|" + world.spId(sp) + "|" + world.name(sp) + "|").getBytes(encoding);
                numbers = ("|" + world.hotline(sp, world.month) + "|" + world.mobile(sp, world.month) + "|").getBytes(encoding);
            }
            long chance = world.chance(52 + province * 40_000 + world.months(world.month), row);
            long size = 10 + chance % 190;
            offered = withoutCalls ? 0 : size * size / 2;
            // one in twelve answers too few within 15 s
            long permille = (chance >>> 8) % 12 == 0 ? 600 + (chance >>> 16) % 250 : 851 + (chance >>> 16) % 140;
            answered = offered * permille / 1000;
            complaints = withoutCalls ? 0 : (chance >>> 28) % (2 + offered / 100);
            resolved = Math.max(0, complaints - (chance >>> 40) % 4);
            tenths = 5 + (chance >>> 44) % 300;
            sum += offered;
        }

        /** {@code 10658}, three digits of the SP and four of the service. */
        private long serviceCode() {
            return 106_580_000_000L + sp % 1_000 * 10_000 + code;
        }

        private void write(Sheet sheet) throws IOException {
            sheet.put(name).put(serviceCode()).put(numbers);
            sheet.put(offered).put('|').put(answered).put('|').put(complaints).put('|').put(resolved).put('|');
            sheet.put(tenths / 10).put('.').put(tenths % 10).end();
        }

        private String[] fields() {
            String hours = tenths / 10 + "." + tenths % 10;
            return new String[] {
                world.spId(sp), world.name(sp), String.valueOf(serviceCode()), world.hotline(sp, world.month),
                world.mobile(sp, world.month), String.valueOf(offered), String.valueOf(answered),
                String.valueOf(complaints), String.valueOf(resolved), hours
            };
        }
    }

    /** A file that is being written, and its digest. */
    private static final class Sheet implements AutoCloseable {
        private final OutputStream file;
        private final MessageDigest digest;
        private final byte[] lineEnd;
        private final byte[] buffer = new byte[1 << 16];
        private int used;

        private Sheet(OutputStream file, String lineEnd) {
            this.file = file;
            this.lineEnd = lineEnd.equals("CRLF") ? new byte[] {'\r', '\n'} : new byte[] {'\n'};
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException("every Java has SHA-256", missing);
            }
        }

        private Sheet put(byte[] bytes) {
            System.arraycopy(bytes, 0, buffer, used, bytes.length);
            used += bytes.length;
            return this;
        }

        private Sheet put(char ascii) {
            buffer[used++] = (byte) ascii;
            return this;
        }

        private Sheet put(long number) {
            int digits = 1;
            for (long rest = number / 10; rest > 0; rest /= 10) {
                digits++;
            }
            used += digits;
            long rest = number;
            for (int at = used - 1; digits > 0; digits--, rest /= 10) {
                buffer[at--] = (byte) ('0' + rest % 10);
            }
            return this;
        }

        private void line(byte[] text) throws IOException {
            put(text).end();
        }

        private void line(String ascii) throws IOException {
            line(ascii.getBytes(StandardCharsets.US_ASCII));
        }

        private void end() throws IOException {
            put(lineEnd);
            // a line is far shorter than what is kept free
            if (used > buffer.length - 4096) {
                flush();
            }
        }

        private void flush() throws IOException {
            digest.update(buffer, 0, used);
            file.write(buffer, 0, used);
            used = 0;
        }

        private String digest() throws IOException {
            flush();
            return HexFormat.of().formatHex(digest.digest());
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
