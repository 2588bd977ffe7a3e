import { useEffect } from 'react'

/** How far down each entry of the browser's history was read, by the number it carries. */
const tops = new Map<number, number>()
/** Counted on from the clock: entries from before the page was loaded anew have other numbers. */
let entries = Date.now()

interface Numbered {
  readonly huiminEntry?: number
}

/** The number of the entry that is shown; a new entry gets one. */
function entry(): number {
  const state = history.state as Numbered | null
  if (state?.huiminEntry !== undefined) return state.huiminEntry
  entries += 1
  history.replaceState({ ...state, huiminEntry: entries }, '')
  return entries
}

/** Notes how far down each screen is read, so that going back finds the place again. */
export function usePlaces(): void {
  useEffect(() => {
    history.scrollRestoration = 'manual'
    const note = () => tops.set(entry(), window.scrollY)
    addEventListener('scroll', note, { passive: true })
    return () => removeEventListener('scroll', note)
  }, [])
}

/** How long a screen may take to be as long as it was. */
const LONGEST_MS = 3_000

/** Scrolls a screen that opens to where it was left, or to its top; the function stops trying. */
export function scrollToPlace(): () => void {
  const top = tops.get(entry()) ?? 0
  window.scrollTo(0, top)
  const watch = new ResizeObserver(() => {
    window.scrollTo(0, top)
    if (hasRoom(top)) stop()
  })
  const stop = () => {
    watch.disconnect()
    clearTimeout(patience)
    for (const moved of MOVED) removeEventListener(moved, stop)
  }
  const patience = setTimeout(stop, LONGEST_MS)
  // Who scrolls or types meanwhile is left alone.
  for (const moved of MOVED) addEventListener(moved, stop, { passive: true })
  if (hasRoom(top)) stop()
  else watch.observe(document.body)
  return stop
}

const MOVED = ['wheel', 'touchmove', 'keydown', 'pointerdown']

const hasRoom = (top: number) => document.documentElement.scrollHeight - innerHeight >= top
