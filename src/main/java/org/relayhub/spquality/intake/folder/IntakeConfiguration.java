package org.relayhub.spquality.intake.folder;

import java.time.Clock;
import javax.sql.DataSource;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.relayhub.message.Serial;
import org.relayhub.spquality.SpQualitySettings;
import org.relayhub.spquality.calendar.MonthCalendar;
import org.relayhub.spquality.file.FileCheck;
import org.relayhub.spquality.intake.FileIntake;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What the routes of the SP files call to take files in. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    @Bean
    FileCheck fileCheck(Resource schemas, Clock clock) {
        return new FileCheck(schemas, clock);
    }

    @Bean
    FileIntake fileIntake(
            FileCheck check,
            MonthCalendar calendar,
            DataSource dataSource,
            TransactionTemplate transaction,
            JdbcTemplate database,
            Clock clock) {
        return new FileIntake(
                check, calendar::isLate, dataSource, transaction, database.getExceptionTranslator(), clock);
    }

    @Bean
    DropStrategy spFileDrops(DataSource dataSource, FileIntake intake, SpQualitySettings settings, Clock clock) {
        return new DropStrategy(
                new FileClaims(dataSource), intake, new Unaccompanied(settings.companionWait(), clock), clock);
    }

    @Bean
    Receipts spFileReceipts(FileIntake intake, Clock clock) {
        return new Receipts(intake, clock);
    }

    @Bean
    GenericFileFilter<SftpRemoteFile> plainFiles() {
        return StrangeFiles::isPlain;
    }

    @Bean
    StrangeFiles strangeFiles(FileIntake intake, Clock clock) {
        return new StrangeFiles(intake, clock);
    }

    @Bean
    ExpiredFiles expiredFiles(FileIntake intake, SpQualitySettings settings, Clock clock) {
        return new ExpiredFiles(
                intake,
                now -> now.atZone(Serial.CHINA)
                        .minusMonths(settings.keepMonths())
                        .toInstant(),
                clock);
    }
}
