/** What the SFTP Kamelets need in Java: the servers that the hub logs in to, and how it bears their absence. */
@NullMarked
package org.relayhub.adapter.sftp;

import org.jspecify.annotations.NullMarked;
