/** The default profile: what a hub needs beside itself, brought along, so that nothing has to be installed but Java. */
@NullMarked
package org.relayhub.standalone;

import org.jspecify.annotations.NullMarked;
