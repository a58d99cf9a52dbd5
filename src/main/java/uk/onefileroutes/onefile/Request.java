package uk.onefileroutes.onefile;

/**
 * What is sent for an assignment. The method is always POST.
 *
 * @param path below the base URL, without a leading slash
 * @param payload JSON
 */
public record Request(String path, String payload) {}
