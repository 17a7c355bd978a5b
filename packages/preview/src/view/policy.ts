/** Scripts, styles and data come from where the page comes from; whatever text of a persona looks like, none of it runs. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";
