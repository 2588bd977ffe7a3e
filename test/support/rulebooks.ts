import { cpSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { folderLayer, type RulebookPlaces } from '../../src/rulebook/default-layers.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import { type Defect, RulebookDefects } from '../../src/rulebook/rulebook.js'

const ROOT = fileURLToPath(new URL('../fixtures/rulebooks', import.meta.url))
/** A small good rulebook with rules, seeds and the source document it quotes. */
export const BASE = join(ROOT, 'good/base')
export const BAD = join(ROOT, 'bad')
export const GOOD = join(ROOT, 'good')

/** The good rulebook alone. */
export const basePlaces: RulebookPlaces = {
  layers: [{ rules: join(BASE, 'rules'), seeds: join(BASE, 'seeds') }],
  sources: join(BASE, 'sources'),
}

/** The good rulebook with another folder of the fixtures laid over it. */
export function overlay(folder: string): RulebookPlaces {
  return { ...basePlaces, layers: [...basePlaces.layers, folderLayer(join(ROOT, folder))] }
}

/** Why a rulebook does not load; empty when it does. */
export function defectsOf(places: RulebookPlaces): readonly Defect[] {
  try {
    loadRulebook(places)
    return []
  } catch (error) {
    if (error instanceof RulebookDefects) return error.defects
    throw error
  }
}

/** A copy of the good rulebook, with any other fixture folders beside it, to write into. */
export function copyBase(to: string, ...folders: readonly string[]): string {
  cpSync(BASE, to, { recursive: true })
  for (const folder of folders)
    cpSync(join(ROOT, folder), join(to, basename(folder)), { recursive: true })
  return to
}
