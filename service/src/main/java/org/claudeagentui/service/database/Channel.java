package org.claudeagentui.service.database;

/** What is announced in the database under one name, to all who listen. Its methods are called by one thread. */
public interface Channel {

    /** The name, an identifier of SQL. */
    String name();

    /** Whether it is to be listened to at the moment. */
    default boolean wanted() {
        return true;
    }

    /** All that is announced from now on is heard; what was announced before may have been missed. */
    default void opened() {
    }

    /** The connection has just proved that it works, and all that was announced until then has been heard. Told every second or so. */
    default void proven() {
    }

    /** Nothing is heard from now on. */
    default void closed() {
    }

    /**
     * Something was announced.
     *
     * @param message what was said
     */
    void heard(String message);
}
