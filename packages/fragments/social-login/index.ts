import { defineFragment, example, type Named, prose } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "social-login",
  version: manifest.version,
  title: "Social login in code",
  summary:
    "The OAuth 2.0 code flow with PKCE, and how a social account becomes a user, as code. Choose it where the service itself talks to the identity provider.",
  rules: {
    /** How the OAuth example works. */
    oauthNotes: prose(
      "**Authorisation code with PKCE.** `startSignIn` builds the URL to redirect to; `finishSignIn` runs on the callback. Keep the attempt between them on the server, under a short-lived `__Host-` cookie with `SameSite=Lax` (the callback is a cross-site navigation, which `Strict` would strip), and delete it when the callback arrives. The library checks `state`, `iss`, `aud`, `exp` and `nonce`.",
    ),
    /** Both ends of the code flow as code. */
    oauthCode: example(
      "ts",
      `
        import * as oidc from "openid-client";

        // Once: const provider = await oidc.discovery(new URL("https://accounts.google.com"), clientId, clientSecret);
        const redirectUri = "https://app.example.com/auth/google/callback";

        export interface Attempt {
          readonly state: string;
          readonly nonce: string;
          readonly codeVerifier: string;
        }

        export async function startSignIn(provider: oidc.Configuration): Promise<{ url: URL; attempt: Attempt }> {
          const attempt = {
            state: oidc.randomState(),
            nonce: oidc.randomNonce(),
            codeVerifier: oidc.randomPKCECodeVerifier(),
          };
          const url = oidc.buildAuthorizationUrl(provider, {
            redirect_uri: redirectUri,
            scope: "openid email",
            state: attempt.state,
            nonce: attempt.nonce,
            code_challenge: await oidc.calculatePKCECodeChallenge(attempt.codeVerifier),
            code_challenge_method: "S256",
          });
          return { url, attempt };
        }

        export async function finishSignIn(provider: oidc.Configuration, query: string, attempt: Attempt) {
          const url = new URL(redirectUri); // not the request's own host, which the client controls
          url.search = query;
          const tokens = await oidc.authorizationCodeGrant(provider, url, {
            pkceCodeVerifier: attempt.codeVerifier,
            expectedState: attempt.state,
            expectedNonce: attempt.nonce,
            idTokenExpected: true,
          });
          const claims = tokens.claims();
          if (claims === undefined) throw new Error("The provider sent no ID token.");
          const email = claims.email_verified === true ? claims.email : undefined;
          return { issuer: claims.iss, subject: claims.sub, email };
        }
      `,
    ),
    /** How a social account becomes a user. */
    socialNotes: prose(
      "**Social login.** Look up issuer and subject. If they are known, open a session for their user. If they are new and the email belongs to an existing user, have that user sign in before you link the two; otherwise create a user. GitHub speaks OAuth 2.0 without OpenID Connect: there is no ID token and no `nonce`, and the subject is the numeric `id` from `GET /user`.",
    ),
    /** The table of social accounts. */
    socialSql: example(
      "sql",
      `
        CREATE TABLE identities (
          issuer text NOT NULL,
          subject text NOT NULL,
          user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
          PRIMARY KEY (issuer, subject)
        );
      `,
    ),
  },
});

/** The OAuth 2.0 code flow with PKCE, and how a social account becomes a user, as code. */
export interface SocialLogin extends Named<typeof fragment> {}
export const socialLogin: SocialLogin = fragment;
