package org.relayhub.operations;

import org.jspecify.annotations.Nullable;
import org.relayhub.operations.desk.MessageDesk;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.TestingAuthenticationToken;

/** Looks for refusals as the API does, for whoever looks at the statement that this takes. */
public final class RefusalSearch {

    private RefusalSearch() {}

    /** The first page of a caller's; of all if there is none. */
    public static void find(JdbcClient database, @Nullable String identity) {
        new MessagesEndpoint(new MessageDesk(database), database)
                .refusals(identity, null, 1, new TestingAuthenticationToken("admin", "", "ROLE_ADMIN"));
    }
}
