package uk.onefileroutes.config;

import java.util.List;

/** The configuration is not good enough to start with. */
public final class ConfigurationFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  /**
   * @param faults all of them, one line each: file, key, what is wrong, how to fix it
   */
  public ConfigurationFault(List<String> faults) {
    super(String.join(System.lineSeparator(), faults));
    this.faults = List.copyOf(faults);
  }

  /** All faults, one line each. */
  public List<String> faults() {
    return faults;
  }
}
