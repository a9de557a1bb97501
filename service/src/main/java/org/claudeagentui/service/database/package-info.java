@NullMarked
package org.claudeagentui.service.database;

import org.jspecify.annotations.NullMarked;
