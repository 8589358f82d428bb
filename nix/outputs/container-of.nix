{ container-site, dist }:
/**
  An image that serves the distribution of an environment.

  # Type
  `container-of :: Environment -> Derivation`
*/
environment:
container-site (dist environment)
