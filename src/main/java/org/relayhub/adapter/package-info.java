/** What the adapters need in Java: between a transport's own form and the hub's documents. */
@NullMarked
package org.relayhub.adapter;

import org.jspecify.annotations.NullMarked;
