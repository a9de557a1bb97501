@NullMarked
package org.claudeagentui.service;

import org.jspecify.annotations.NullMarked;
