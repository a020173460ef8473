// What the query page takes from YASGUI; the editor and the results are parts of it that the page adapts.
import { Yasgui } from "@zazuko/yasgui";

export { Yasgui };
export const { Yasqe, Yasr } = window;
