/** A function whose value for an object that never changes is made once, and kept as long as the object. */
export function onceFor<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const all = new WeakMap<K, { readonly value: V }>()
  return (of) => {
    const kept = all.get(of)
    if (kept !== undefined) return kept.value
    const value = make(of)
    all.set(of, { value })
    return value
  }
}
