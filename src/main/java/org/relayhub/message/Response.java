package org.relayhub.message;

/** The {@code Response} element: how a request was answered. */
public record Response(String rspType, String rspCode, String rspDesc) {}
