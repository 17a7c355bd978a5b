import { defineFragment, example, must, type Named, prose, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const SENDER_GUIDELINES = {
  source: "Google, Email sender guidelines",
  url: "https://support.google.com/a/answer/81126",
};

const fragment = defineFragment({
  id: "email-delivery",
  version: manifest.version,
  title: "Email and SMS",
  summary: "How mail and SMS are written, sent once and delivered. Choose it for services that write to people.",
  rules: {
    /** The transports. */
    transports: prose(
      "Nodemailer sends over SMTP (Amazon SES or a relay); SendGrid and Resend have HTTP APIs. One `Mailer` interface hides which.",
    ),
    /** Mail sent by a worker. */
    outbox: must(
      "Write the mail as a row in the transaction that causes it and let a worker send it; never call the provider inside a request or an open transaction.",
      { why: "A rollback cannot call a mail back, and a slow provider must not hold a request." },
    ),
    /** One mail per cause. */
    sendOnce: must(
      "Key each mail by template and cause (`booking-confirmed/42`), unique in the outbox, and pass the key on where the provider takes one (Resend: `Idempotency-Key`, kept 24 hours).",
      {
        evidence: [
          { source: "Resend Docs, Idempotency keys", url: "https://resend.com/docs/dashboard/emails/idempotency-keys" },
        ],
      },
    ),
    /** User values in mail. */
    userValues: must(
      "Fill templates through an engine that escapes HTML, and reject line breaks in every value that becomes a header, such as name, subject or reply address.",
      { why: "A line break in a header adds recipients." },
    ),
    /** Sending domain. */
    senderDomain: must(
      "Send from a domain with SPF, DKIM and an aligned DMARC record, and give bulk mail a subdomain of its own.",
      { why: "Complaints about a newsletter then do not sink password resets.", evidence: [SENDER_GUIDELINES] },
    ),
    /** Bounces and complaints. */
    suppressions: must(
      "Consume the provider's bounce and complaint events, mark the address as suppressed, and check that mark before every send.",
      { why: "Providers close accounts that keep mailing dead addresses." },
    ),
    /** One-click unsubscribe. */
    unsubscribe: must(
      "Put `List-Unsubscribe` and `List-Unsubscribe-Post: List-Unsubscribe=One-Click` on all bulk mail, and honour that `POST` without a login.",
      {
        evidence: [
          { source: "RFC 8058 section 3.1", url: "https://www.rfc-editor.org/rfc/rfc8058#section-3.1" },
          SENDER_GUIDELINES,
        ],
      },
    ),
    /** Mail outside production. */
    sandbox: should(
      "Outside production, send to a sink (Mailpit, or an Ethereal account of Nodemailer) and refuse to start with the provider's live key.",
      { why: "A test run against a copy of real data mails real people." },
    ),
    /** SMS. */
    sms: should(
      "Send SMS through the same outbox, to numbers in E.164 form and countries you serve, with a cap per number and per account.",
      { why: "Bots sign up with premium numbers and you pay for each message." },
    ),
    /** A mailer. */
    mailer: example(
      "ts",
      `
      export interface Mailer {
        send(mail: { key: string; to: string; subject: string; html: string; text: string }): Promise<string>;
      }

      const resend = new Resend(env.RESEND_API_KEY);

      export const resendMailer: Mailer = {
        async send({ key, ...mail }) {
          const { data, error } = await resend.emails.send({ from: env.MAIL_FROM, ...mail }, { idempotencyKey: key });
          if (error) throw new Error("mail " + key + " was refused", { cause: error }); // the SDK returns errors
          return data.id;
        },
      };

      const transport = nodemailer.createTransport(env.SMTP_URL);

      export const smtpMailer: Mailer = {
        async send({ key, ...mail }) {
          const info = await transport.sendMail({ from: env.MAIL_FROM, ...mail, headers: { "X-Mail-Key": key } });
          return info.messageId;
        },
      };
      `,
    ),
  },
});

/** How mail and SMS are written, sent once and delivered. */
export interface EmailDelivery extends Named<typeof fragment> {}
export const emailDelivery: EmailDelivery = fragment;
