/** What is wrong with a customer's service, by what BOSS, network and platforms say side by side, and its repair. */
@NullMarked
package org.relayhub.diagnosis;

import org.jspecify.annotations.NullMarked;
