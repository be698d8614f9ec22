// What one core does with a message of 160 characters: from text to the hexadecimal PDU of an SMS-SUBMIT, and from the
// PDUs of SMS-SUBMIT and SMS-DELIVER back to text. Built by the target pdu_bench, run by hand; no test depends on it.
#include <benchmark/benchmark.h>

#include <string>

#include "pdu/deliver.hpp"
#include "pdu/segment.hpp"
#include "pdu/submit.hpp"

namespace {

using namespace burstd;

const std::string text =
    "Grüezi Frau Muster, wir erinnern Sie an Ihren Termin am Montag, 2. März um 08:30 Uhr in unserer Praxis. Bei "
    "Verhinderung rufen Sie uns bitte an. Ihr Praxisteam.";

pdu::Submit one_submit() {
  pdu::Submit submit;
  submit.status_report = true;
  submit.destination = pdu::number_address("+41791234567").value();
  submit.validity = pdu::RelativeValidity{0xA7};
  submit.user_data = pdu::user_data(text).value();
  return submit;
}

pdu::Deliver one_deliver() {
  pdu::Deliver deliver;
  deliver.service_centre = pdu::number_address("+41794999000").value();
  deliver.originator = pdu::number_address("+41791234567").value();
  deliver.timestamp = {2026, 3, 1, 8, 30, 0, 60};
  deliver.user_data = pdu::user_data(text).value();
  return deliver;
}

void encode_submit(benchmark::State& state) {
  const pdu::Submit submit = one_submit();
  for (auto _ : state) benchmark::DoNotOptimize(pdu::encode(submit));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(encode_submit);

void segment_and_encode(benchmark::State& state) {
  pdu::Envelope envelope;
  envelope.destination = "+41791234567";
  envelope.validity = std::chrono::hours(24);
  for (auto _ : state) benchmark::DoNotOptimize(pdu::encode_part(pdu::segment(text).value(), 1, envelope));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(segment_and_encode);

void decode_submit_to_text(benchmark::State& state) {
  const std::string hex = pdu::encode(one_submit())->hex;
  for (auto _ : state) benchmark::DoNotOptimize(pdu::text(pdu::decode_submit(hex)->user_data));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decode_submit_to_text);

void decode_deliver_to_text(benchmark::State& state) {
  const std::string hex = pdu::encode(one_deliver())->hex;
  for (auto _ : state) benchmark::DoNotOptimize(pdu::text(pdu::decode_deliver(hex)->user_data));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decode_deliver_to_text);

}  // namespace

BENCHMARK_MAIN();
