/** What is over: how it leaves the tables of the ledger, where it is found, and when it is forgotten. */
@NullMarked
package org.relayhub.ticket.archive;

import org.jspecify.annotations.NullMarked;
