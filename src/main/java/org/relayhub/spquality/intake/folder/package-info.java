/** What lies in the senders' folders on the SFTP server: which of it is taken, by which hub, and where it goes then. */
@NullMarked
package org.relayhub.spquality.intake.folder;

import org.jspecify.annotations.NullMarked;
