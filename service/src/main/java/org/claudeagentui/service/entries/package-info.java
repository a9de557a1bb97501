/** What the kinds of entries that Strapi keeps have in common: how they are checked, kept, and shown over HTTP. */
@NullMarked
package org.claudeagentui.service.entries;

import org.jspecify.annotations.NullMarked;
