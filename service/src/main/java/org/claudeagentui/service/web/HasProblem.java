package org.claudeagentui.service.web;

/** An exception that knows what a client is to be told of it. */
public interface HasProblem {

    /** What the client is told. */
    Problem problem();
}
