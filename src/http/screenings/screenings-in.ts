import { join } from 'node:path'
import type { Settings } from '../settings.js'
import { openScreenings, type ScreeningPlace, type Screenings } from './open-screenings.js'

/**
 * Screenings in the data folder; none where another process on the same database has them. Throws
 * an Error of one line when the folder is in use and no database is shared.
 */
export function screeningsIn(
  { DATA_DIR, DATABASE_URL }: Pick<Settings, 'DATA_DIR' | 'DATABASE_URL'>,
  parts: Pick<ScreeningPlace, 'rulebook' | 'clock'>,
): Screenings | undefined {
  try {
    return openScreenings({ ...parts, folder: join(DATA_DIR, 'screenings') })
  } catch (error) {
    if (DATABASE_URL === undefined) throw error
    return undefined
  }
}
