package org.claudeagentui.service.security;

import jakarta.json.JsonObject;

/**
 * A user as Strapi keeps them.
 *
 * @param id document id
 * @param name user name
 * @param email where the user gets mail
 * @param role what the user may do
 * @param blocked whether the user is to be kept out
 * @param generation names the user's password, without telling it: another password has another
 */
record Account(String id, String name, String email, Role role, boolean blocked, String generation) {

    static Account of(JsonObject kept) {
        return new Account(kept.getString("documentId"), kept.getString("username"), kept.getString("email", ""),
                kept.getBoolean("administrator") ? Role.ADMINISTRATOR : Role.USER, kept.getBoolean("blocked"),
                kept.getString("generation"));
    }

    Caller caller() {
        return new Caller(id, name, role);
    }
}
