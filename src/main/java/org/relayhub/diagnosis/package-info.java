/** What is wrong where a customer complains, by what BOSS, the network and the platforms say. */
@NullMarked
package org.relayhub.diagnosis;

import org.jspecify.annotations.NullMarked;
