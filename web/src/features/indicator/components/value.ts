/** How high the columns of a chart are, in percent of its height: the greatest value or plan fills it. */
export function heights(values: (number | null)[], plans: (number | null)[]): { value: number; plan: number | null }[] {
  const top = Math.max(1, ...values.map((value) => value ?? 0), ...plans.map((plan) => plan ?? 0));
  const share = (number: number) => Math.round((number / top) * 1000) / 10;
  return values.map((value, place) => {
    const plan = plans[place] ?? null;
    return { value: share(value ?? 0), plan: plan === null ? null : share(plan) };
  });
}
