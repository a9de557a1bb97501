@NullMarked
package org.claudeagentui.service.web;

import org.jspecify.annotations.NullMarked;
