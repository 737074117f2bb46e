/** Asks for a report and follows it until it is made. The same again is the same report, so asking twice does no harm. */
import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../api/client.js";
import { sentence } from "../../api/refusals.js";
import { t } from "../../words/t.js";

const PATH = "/reporting/v1/reports";
const EACH_MS = 400;

/** @typedef {import("../../api/types.d.ts").reporting["schemas"]["ReportState"]} ReportState */
/** @typedef {import("../../api/types.d.ts").reporting["schemas"]["ReportPost"]} ReportPost */

/** @returns {{report: ReportState | null, problem: string, ask: (what: ReportPost) => Promise<void>, forget: () => void}} */
export function useReport() {
  const [report, setReport] = useState(/** @type {ReportState | null} */ (null));
  const [problem, setProblem] = useState("");
  const id = useRef("");

  /** @param {import("../../api/client.js").Answer} answer */
  const take = ({ status, data, problem: refused }) => {
    if (status === 200 || status === 202) {
      id.current = data.id;
      setReport(data);
      setProblem(data.state === "failed" ? (data.failure?.detail ?? t("figures.notMade")) : "");
    } else {
      setReport(null);
      setProblem(sentence({ status, problem: refused }));
    }
  };
  const isMaking = report?.state === "making";
  useEffect(() => {
    if (!isMaking) return undefined;
    let isAsking = false;
    const timer = setInterval(async () => {
      if (isAsking) return;
      isAsking = true;
      const answer = await request("GET", `${PATH}/${id.current}`, { as: "person" });
      isAsking = false;
      // It goes on being made while nobody answers here.
      if (answer.status !== 0 && answer.data?.id === id.current) take(answer);
    }, EACH_MS);
    return () => clearInterval(timer);
  }, [isMaking]);

  return {
    report,
    problem,
    ask: async (what) => {
      setProblem("");
      take(await request("POST", PATH, { body: what, as: "person" }));
    },
    forget: () => setReport(null),
  };
}
