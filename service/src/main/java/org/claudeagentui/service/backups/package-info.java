/** What the service tells of the backups, which it has no part in. */
@NullMarked
package org.claudeagentui.service.backups;

import org.jspecify.annotations.NullMarked;
