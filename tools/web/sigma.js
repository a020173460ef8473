// What the page takes from sigma and graphology; everything else is left out of the bundle.
export { Sigma } from "sigma";
export { MultiGraph } from "graphology";
