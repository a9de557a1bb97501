/** The stand-in's own tests, and the client by which acceptance tests script it. */
@NullMarked
package org.claudeagentui.acceptance.standin;

import org.jspecify.annotations.NullMarked;
