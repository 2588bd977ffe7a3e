import { accessSync, constants } from 'node:fs'
import { makeFolder } from '../rulebook/make-folder.js'

/**
 * Makes a data folder, for its owner only, where there is none, and sees that it can be written to.
 * Throws an Error of one line.
 */
export function makeDataFolder(folder: string): void {
  try {
    makeFolder(folder, 0o700)
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Error(`DATA_DIR ${folder} cannot be used: ${code}`)
  }
}
