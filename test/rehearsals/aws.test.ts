import { rehearseOn } from "./rehearsal";

rehearseOn("aws");
