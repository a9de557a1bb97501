@NullMarked
package org.claudeagentui.service.strapi;

import org.jspecify.annotations.NullMarked;
