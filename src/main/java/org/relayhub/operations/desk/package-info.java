/** What operators look at and act on, whatever they do it with: the API, the console or Hawtio. */
@NullMarked
package org.relayhub.operations.desk;

import org.jspecify.annotations.NullMarked;
