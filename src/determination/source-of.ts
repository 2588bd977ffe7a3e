/** Who can supply a fact that is asked for: derived ones only where their derivation ends in unknown. */
export function sourceOf({
  fact,
}: {
  readonly fact: { readonly source: string; readonly askedOf?: string }
}): 'citizen' | 'official' {
  const source = fact.source === 'derived' ? fact.askedOf : fact.source
  return source === 'official' ? 'official' : 'citizen'
}
