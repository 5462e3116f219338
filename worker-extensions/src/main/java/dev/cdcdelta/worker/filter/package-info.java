/** Input: requests and answers of the worker's REST server. Output: calls that were checked, masked and audited. */
@NullMarked
package dev.cdcdelta.worker.filter;

import org.jspecify.annotations.NullMarked;
