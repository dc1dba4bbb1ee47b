/** The document in two parts, as older peers send it over HTTP: a multipart form of xmlhead and xmlbody. */
@NullMarked
package org.relayhub.message.multipart;

import org.jspecify.annotations.NullMarked;
