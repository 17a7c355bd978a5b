import { defineFragment, example, must, type Named, prose, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const FILE_UPLOAD = {
  source: "OWASP File Upload Cheat Sheet",
  url: "https://cheatsheetseries.owasp.org/cheatsheets/File_Upload_Cheat_Sheet.html",
};

const fragment = defineFragment({
  id: "file-storage",
  version: manifest.version,
  title: "File storage",
  summary: "How files are uploaded, checked, processed and served. Choose it for services that take or produce files.",
  rules: {
    /** What a signed upload allows. */
    uploadPolicy: must(
      "Sign key, size and type of an upload (`content-length-range`, `Content-Type`; on Supabase `fileSizeLimit` and `allowedMimeTypes` of the bucket); make the key on the server, and keep the client's file name as a column.",
      {
        why: "A presigned PUT has no upper size, and a file name is input.",
        evidence: [
          FILE_UPLOAD,
          {
            source: "Amazon S3 API Reference, POST Policy",
            url: "https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html",
          },
        ],
      },
    ),
    /** Limits of multipart parsers. */
    parserLimits: must(
      "Set limits on the parser (`limits.fileSize` and `limits.files` in `multer`; `maxFileSize` and `maxFiles` in `formidable`) and stream to disk or bucket, never into `memoryStorage`.",
      { why: "`multer` has no size limit by default." },
    ),
    /** The content, checked on the server. */
    contentCheck: must(
      "Mark a file ready only after the server has read size and real type from storage (`file-type` on the first bytes; CSV by parsing); let a lifecycle rule delete what stays pending.",
      { why: "`Content-Type` and extension are claims of the client.", evidence: [FILE_UPLOAD] },
    ),
    /** Private buckets. */
    privateServing: must(
      "Keep buckets private and sign each download for minutes after an ownership check (RLS on `storage.objects` in Supabase), with `Content-Disposition: attachment` for all but re-encoded images.",
      { why: "A public bucket serves every file to whoever learns its key." },
    ),
    /** Images. */
    images: must(
      "Re-encode images with `sharp`, with `limitInputPixels` set and metadata dropped, and serve only the result; refuse SVG.",
      {
        why: "Re-encoding removes scripts and locations; a small file can hold a huge image.",
        evidence: [
          { source: "sharp, Constructor (limitInputPixels)", url: "https://sharp.pixelplumbing.com/api-constructor" },
        ],
      },
    ),
    /** CSV and Excel. */
    spreadsheets: must(
      "Stream CSV and Excel row by row through a schema, up to a row limit; on export, prefix `'` to cells that start with `=`, `+`, `-`, `@`, tab or carriage return.",
      {
        why: "Spreadsheets execute such cells as formulas.",
        evidence: [{ source: "OWASP, CSV Injection", url: "https://owasp.org/www-community/attacks/CSV_Injection" }],
      },
    ),
    /** PDF. */
    pdf: must(
      "Render PDFs in a worker from escaped templates, in a browser without network or file access; parse uploaded ones in a separate process with a time and a memory limit.",
      { why: "A template with a user's HTML in it reads internal URLs for that user." },
    ),
    /** Uploads straight to storage. */
    directUpload: should(
      "Upload from the browser to the bucket: a presigned POST on S3, `createSignedUploadUrl` on Supabase Storage; take files through the API only when it must read them at once.",
      { why: "A file that passes through the API holds its memory and its request limit." },
    ),
    /** A signed upload. */
    signedUpload: example(
      "ts",
      `
      const MAX_BYTES = 10 * 1024 * 1024;
      const TYPES = ["image/jpeg", "image/png", "application/pdf"];

      export async function signUpload(user: User, file: { name: string; type: string }) {
        if (!TYPES.includes(file.type)) throw new AppError("UNSUPPORTED_TYPE", "This type is not accepted.");
        const key = "pending/" + user.tenantId + "/" + randomUUID();
        await uploads.insert({ key, ownerId: user.id, name: file.name, type: file.type, status: "pending" });
        return createPresignedPost(s3, {
          Bucket: env.UPLOAD_BUCKET,
          Key: key,
          Expires: 300,
          Fields: { "Content-Type": file.type },
          Conditions: [["content-length-range", 1, MAX_BYTES]],
        });
      }
      `,
    ),
    /** The xlsx package. */
    xlsxPackage: prose(
      "The `xlsx` package on npm ends at 0.18.5, with open advisories (CVE-2023-30533, CVE-2024-22363); take SheetJS from its own registry at 0.20.2 or later.",
    ),
  },
});

/** How files are uploaded, checked, processed and served. */
export interface FileStorage extends Named<typeof fragment> {}
export const fileStorage: FileStorage = fragment;
