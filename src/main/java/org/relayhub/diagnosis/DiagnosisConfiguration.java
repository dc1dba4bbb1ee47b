package org.relayhub.diagnosis;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.relayhub.diagnosis.alarm.AlarmBook;
import org.relayhub.diagnosis.verdict.VerdictRules;
import org.relayhub.directory.Directory;
import org.relayhub.message.codec.HubDocuments;
import org.relayhub.message.codes.OwnBusinessCatalogue;
import org.relayhub.message.codes.ServiceCatalogue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** The parts of diagnosis that routes call by name. */
@Configuration(proxyBeanMethods = false)
class DiagnosisConfiguration {

    private static final int IDLE_SECONDS = 30;

    @Bean
    HubQuestions hubQuestions(HubDocuments documents, Clock clock) {
        return new HubQuestions(documents, clock);
    }

    @Bean
    Diagnoses diagnoses(
            Directory directory,
            ServiceCatalogue services,
            OwnBusinessCatalogue operations,
            HubQuestions questions,
            VerdictRules rules,
            AlarmBook alarms,
            DiagnosisSettings settings,
            MeterRegistry meters,
            Clock clock) {
        return new Diagnoses(directory, services, operations, questions, rules, alarms, settings, meters, clock);
    }

    /** Where questions wait for their answers. Bounded: a party holds no more of them than the questions it may be asked. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService diagnosisThreads(DiagnosisSettings settings, MeterRegistry meters) {
        var threads = new ThreadPoolExecutor(
                settings.threads(),
                settings.threads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new CustomizableThreadFactory("diagnosis-"));
        threads.allowCoreThreadTimeOut(true);
        return ExecutorServiceMetrics.monitor(meters, threads, "diagnosis");
    }

    /** What routes say of time, in the form that they need. */
    @Bean
    CamelContextConfiguration diagnosisBudgets(DiagnosisSettings settings) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                var properties = camel.getPropertiesComponent();
                properties.addOverrideProperty(
                        "diagnosis.budget", String.valueOf(settings.budget().toMillis()));
                properties.addOverrideProperty(
                        "diagnosis.pretreatmentBudget",
                        String.valueOf(settings.pretreatmentBudget().toMillis()));
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                // The routes have them by now.
            }
        };
    }
}
