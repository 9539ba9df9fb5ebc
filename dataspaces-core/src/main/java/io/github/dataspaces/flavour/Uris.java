package io.github.dataspaces.flavour;

/** URLs as non-Java tools write them, with credentials. */
final class Uris {

  private Uris() {}

  static String of(String scheme, Address address) {
    Credentials credentials = address.credentials();
    return "%s://%s:%s@%s:%s/%s"
        .formatted(
            scheme,
            PercentEncoding.of(credentials.username()),
            PercentEncoding.of(credentials.password()),
            address.host(),
            String.valueOf(address.port()),
            PercentEncoding.of(credentials.database()));
  }
}
