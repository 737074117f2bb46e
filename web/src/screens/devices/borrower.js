/** Who has a loan, asked for by who may see it; null for a desk without a helper, and while it is asked. */
import { useEffect, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { level } from "../../state/helper.js";
import { lendingDay } from "../../state/lending.js";
import { borrowerOfDay } from "./names.js";

/** @typedef {import("./names.js").Borrower} Borrower */

/** @param {string | undefined} id @returns {Promise<Borrower | null>} */
export async function readBorrower(id) {
  if (id === undefined) return null;
  const answer = await request("GET", `/loans/v1/borrowers/${id}`, { as: "person" });
  return answer.status === 200 ? answer.data : null;
}

/** @param {string} loan @returns {Borrower | null} */
export function useBorrowerOf(loan) {
  const [found, setFound] = useState(/** @type {Borrower | null} */ (null));
  const may = level.value > 0;
  useEffect(() => {
    let current = true;
    setFound(null);
    if (!may) return;
    const day = lendingDay.peek()?.day;
    const known = [...(day?.toComeBack ?? []), ...(day?.late ?? []), ...(day?.ready ?? [])].find(({ id }) => id === loan);
    const told = borrowerOfDay(known?.borrower);
    if (told !== null) return setFound(told);
    void request("GET", `/loans/v1/loans/${loan}`, { as: "person" })
      .then((answer) => readBorrower(answer.data?.borrower))
      .then((borrower) => current && setFound(borrower));
    return () => {
      current = false;
    };
  }, [loan, may]);
  return may ? found : null;
}
