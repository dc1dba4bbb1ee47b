/** The default profile's SFTP server: who drops files there, and where each may. */
@NullMarked
package org.relayhub.standalone.sftp;

import org.jspecify.annotations.NullMarked;
