import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import type { Visit } from './open-pages.js'

/** A screen as it stands: a picture (of a part), no barrier, nothing too wide, no fault. */
export async function sound(t: Test, visit: Visit, name: string, part?: string) {
  const { page, barriers, picture, faults } = visit
  await picture(name, part)
  t.strictSame(await barriers(), [], `${name}: axe-core finds no barrier`)
  const wide = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
  t.ok(wide <= 0, `${name}: ${wide} px wider than the window`)
  t.strictSame(faults, [], `${name}: no script error, nothing refused, no other host`)
}

/** What has focus. */
export interface Focus {
  readonly id: string
  readonly tag: string
  readonly text: string
  readonly label: string
  readonly seen: boolean
}

/** What has focus, and whether a reader can see that it has: not under the bar at the foot. */
export function focused(page: Page): Promise<Focus> {
  return page.evaluate(`(() => {
    const at = document.activeElement
    const style = getComputedStyle(at)
    const box = at.getBoundingClientRect()
    const bar = document.querySelector('.bar')
    const foot = bar === null || bar.contains(at) ? innerHeight : bar.getBoundingClientRect().top
    const shown = box.width > 0 && box.bottom > 0 && box.top < foot
    return {
      id: at.id, tag: at.tagName, text: (at.innerText ?? '').split('\\n')[0],
      label: at.labels?.[0]?.innerText ?? '',
      seen: shown && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    }
  })()`) as Promise<Focus>
}
