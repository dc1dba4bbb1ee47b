/** What a record of each kind of file has: its fields in their order, and the forms that they may have. */
@NullMarked
package org.relayhub.spquality.file.layout;

import org.jspecify.annotations.NullMarked;
