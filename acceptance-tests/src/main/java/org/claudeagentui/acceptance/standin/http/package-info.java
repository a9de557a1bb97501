/** A small HTTP/1.1 server that leaves its user in control of the socket, so that it can misbehave on purpose. */
@NullMarked
package org.claudeagentui.acceptance.standin.http;

import org.jspecify.annotations.NullMarked;
