package org.relayhub.oracle;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.relayhub.HubProcess;
import org.relayhub.RecordingPeer;
import org.relayhub.RecordingPeer.Mishap;

/** What is done to a site under load. It is over when {@link #happen} returns: all that was stopped runs again. */
enum Fault {
    /** A power cut of one hub's machine. */
    HUB_KILLED {
        @Override
        void happen(Site site, Random random) throws Exception {
            HubProcess hub = site.hubs().get(random.nextInt(site.hubs().size()));
            hub.kill();
            hub.startAgain();
        }
    },
    /** A hub that gets no processor until its leases have run out, and then goes on where it was. */
    HUB_ASLEEP {
        @Override
        void happen(Site site, Random random) throws Exception {
            HubProcess hub = site.hubs().get(random.nextInt(site.hubs().size()));
            hub.pause();
            sleep(Site.LEASE.multipliedBy(2));
            hub.resume();
        }
    },
    DATABASE_KILLED {
        @Override
        void happen(Site site, Random random) throws Exception {
            site.killDatabase(upTo(random, Duration.ofSeconds(3)));
        }
    },
    DATABASE_CUT_OFF {
        @Override
        void happen(Site site, Random random) throws Exception {
            cutOff(site.databaseLine(), random);
        }
    },
    DATABASE_SILENT {
        @Override
        void happen(Site site, Random random) throws Exception {
            silence(site.databaseLine(), random);
        }
    },
    BROKER_KILLED {
        @Override
        void happen(Site site, Random random) throws Exception {
            site.killBroker(upTo(random, Duration.ofSeconds(3)));
        }
    },
    BROKER_CUT_OFF {
        @Override
        void happen(Site site, Random random) throws Exception {
            cutOff(site.brokerLine(), random);
        }
    },
    BROKER_SILENT {
        @Override
        void happen(Site site, Random random) throws Exception {
            silence(site.brokerLine(), random);
        }
    },
    /** Before it has read anything. */
    PEER_RESETS {
        @Override
        void happen(Site site, Random random) throws Exception {
            sometimes(site, random, Mishap.RESETS);
        }
    },
    /** It has the message, and nobody hears of that. */
    PEER_DIES {
        @Override
        void happen(Site site, Random random) throws Exception {
            sometimes(site, random, Mishap.DIES);
        }
    },
    /** It has the message, and says so when the hub has given up waiting. */
    PEER_IS_LATE {
        @Override
        void happen(Site site, Random random) throws Exception {
            sometimes(site, random, Mishap.IS_LATE);
        }
    },
    /** It has the message, and answers what is no document. */
    PEER_BABBLES {
        @Override
        void happen(Site site, Random random) throws Exception {
            sometimes(site, random, Mishap.BABBLES);
        }
    };

    private static final Duration FOR_A_WHILE = Duration.ofSeconds(5);

    abstract void happen(Site site, Random random) throws Exception;

    private static Duration upTo(Random random, Duration longest) {
        return Duration.ofMillis(random.nextInt((int) longest.toMillis()));
    }

    private static void sleep(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    private static void cutOff(CuttingProxy line, Random random) throws InterruptedException {
        line.cut();
        sleep(upTo(random, Duration.ofSeconds(6)));
        line.mend();
    }

    private static void silence(CuttingProxy line, Random random) throws InterruptedException {
        line.silence();
        sleep(upTo(random, Site.LEASE.multipliedBy(2)));
        line.mend();
    }

    /** One message of three, for a while. */
    private static void sometimes(Site site, Random random, Mishap mishap) throws InterruptedException {
        RecordingPeer peer = site.csvc();
        var chance = new Random(random.nextLong());
        peer.suffering(arrival -> {
            synchronized (chance) {
                return chance.nextInt(3) == 0 ? mishap : Mishap.NONE;
            }
        });
        sleep(FOR_A_WHILE);
        peer.suffering(arrival -> Mishap.NONE);
    }
}
