package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.ModelClient;
import org.claudeagentui.service.claude.Prices;
import org.claudeagentui.service.claude.RetryPolicy;
import org.claudeagentui.service.settings.Settings;

/**
 * How runs ask the model.
 *
 * @param client asks
 * @param settings knows the models' names
 * @param retries says when to ask again
 * @param prices says what it costs
 * @param demo whether a stand-in answers in the model's place
 */
record ModelAccess(ModelClient client, Settings.Model settings, RetryPolicy retries, Prices prices, boolean demo) {}
