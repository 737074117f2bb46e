/** A loan and who borrows, for the screens that act on one. */
import { useEffect, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { connection } from "../../state/connection.js";
import { readBorrower } from "./borrower.js";

/** @typedef {import("./names.js").Borrower} Borrower */

/**
 * @param {"loans" | "requests"} what @param {string} id
 * @returns {{row: any, borrower: Borrower | null, problem: string, setRow: (row: any) => void, again: () => void}}
 */
export function useRow(what, id) {
  const [row, setRow] = useState(/** @type {any} */ (null));
  const [borrower, setBorrower] = useState(/** @type {Borrower | null} */ (null));
  const [problem, setProblem] = useState("");
  const [turn, setTurn] = useState(0);
  const isReached = connection.value.reached;
  useEffect(() => {
    if (row !== null && turn === 0) return;
    let current = true;
    void request("GET", `/loans/v1/${what}/${id}`, { as: "person" }).then(async (answer) => {
      if (!current) return;
      if (answer.status !== 200) return setProblem(sentence(answer));
      setProblem("");
      setRow(answer.data);
      const found = await readBorrower(answer.data.borrower);
      if (current) setBorrower(found);
    });
    return () => {
      current = false;
    };
    // Asked again when the internet is back.
  }, [what, id, turn, isReached]);
  return { row, borrower, problem, setRow, again: () => setTurn((each) => each + 1) };
}
