/** What one upload may hold: larger registers are for the command line or the database. */
export interface UploadBounds {
  readonly bytes: number
  readonly lines: number
  /** Bytes of one line: as large as a request to the API. */
  readonly line: number
}

const MEBIBYTE = 1024 * 1024
export const UPLOAD_BOUNDS: UploadBounds = {
  bytes: 512 * MEBIBYTE,
  lines: 1_000_000,
  line: MEBIBYTE / 4,
}
