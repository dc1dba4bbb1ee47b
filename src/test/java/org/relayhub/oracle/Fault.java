package org.relayhub.oracle;

import java.sql.Connection;
import java.sql.Statement;
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
    /** A later version has been here: the hub goes on by what it finds in the database now, and starts again on it. */
    SCHEMA_AHEAD {
        @Override
        void happen(Site site, Random random) throws Exception {
            site.database().migrateAhead();
            HubProcess hub = site.hubs().get(random.nextInt(site.hubs().size()));
            hub.close();
            hub.startAgain();
        }
    },
    DATABASE_KILLED {
        @Override
        void happen(Site site, Random random) throws Exception {
            site.database().killAndStart(upTo(random, Duration.ofSeconds(3)));
        }
    },
    DATABASE_CUT_OFF {
        @Override
        void happen(Site site, Random random) throws Exception {
            cutOff(site.database().line(), random);
        }
    },
    DATABASE_SILENT {
        @Override
        void happen(Site site, Random random) throws Exception {
            silence(site.database().line(), random);
        }
    },
    /** Until its ledger does not answer: every connection of the hubs waits, and there are no more. */
    POOL_EXHAUSTED {
        @Override
        void happen(Site site, Random random) throws Exception {
            try (Connection connection = site.database().books().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("lock table message, delivery in access exclusive mode");
                sleep(upTo(random, Site.LEASE.multipliedBy(2)));
                connection.rollback();
            }
        }
    },
    DATABASE_DISK_FULL {
        @Override
        void require(Site site) {
            site.database().disk().require();
        }

        @Override
        void happen(Site site, Random random) throws Exception {
            site.database().disk().fill();
            sleep(upTo(random, Site.LEASE));
            site.database().disk().free();
            site.database().revive();
        }
    },
    /** Half a minute ahead, then as much behind: leases run out early, and what waits is due late. */
    DATABASE_CLOCK_JUMPS {
        @Override
        void happen(Site site, Random random) throws Exception {
            site.database().clockIsAheadBy(JUMP);
            sleep(FOR_A_WHILE);
            site.database().clockIsAheadBy(JUMP.negated());
            sleep(FOR_A_WHILE);
            site.database().clockIsAheadBy(Duration.ZERO);
        }
    },
    HUB_CLOCK_JUMPS {
        @Override
        void require(Site site) {
            FakeTime.require();
        }

        @Override
        void happen(Site site, Random random) throws Exception {
            site.hubClock().isAheadBy(Duration.ofHours(1));
            sleep(FOR_A_WHILE);
            site.hubClock().isAheadBy(Duration.ofHours(-1));
            sleep(FOR_A_WHILE);
            site.hubClock().isAheadBy(Duration.ZERO);
        }
    },
    BROKER_KILLED {
        @Override
        void happen(Site site, Random random) throws Exception {
            site.broker().killAndStart(upTo(random, Duration.ofSeconds(3)));
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
    BROKER_DISK_FULL {
        @Override
        void require(Site site) {
            site.brokerDisk().require();
        }

        @Override
        void happen(Site site, Random random) throws Exception {
            site.brokerDisk().fill();
            sleep(upTo(random, Site.LEASE));
            site.brokerDisk().free();
            site.reviveBroker();
        }
    },
    /** A party that has left a great many messages on its queue, and takes one now and then. */
    SLOW_CONSUMER {
        @Override
        void happen(Site site, Random random) throws Exception {
            try (var backlog =
                    new Backlog(site.broker().hubPort(), site.broker().port())) {
                backlog.grow();
                backlog.shrinkSlowly(FOR_A_WHILE);
            }
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
    /** It has the message, and never says so. */
    PEER_HANGS {
        @Override
        void happen(Site site, Random random) throws Exception {
            sometimes(site, random, Mishap.HANGS);
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

    private static final Duration JUMP = Duration.ofSeconds(30);

    /** Skips a test, and says so, where this cannot be made to happen. */
    void require(Site site) {}

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
